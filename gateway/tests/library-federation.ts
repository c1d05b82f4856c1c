import { compose } from "../../schema/compose.ts";

const header = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@provides", "@shareable", "@override", "@interfaceObject", "@inaccessible"])`;

/**
 * A school library in four subgraphs, with what the real graph has little or nothing of: interfaces with keys and interface
 * objects, unions of entities, several keys and keys with selections, @requires with arguments and with selections, @provides,
 * an overridden field, shared value types, lists of lists.
 */
export const librarySdl: Readonly<Record<"catalog" | "reviews" | "readers" | "shipping", string>> = {
  catalog: `${header}
    type Query { media(first: Int = 3): [Media!]! item(id: ID!): Media search(text: String): [SearchResult] shelves: [[Book]] featured: Book @shareable publishers: [Publisher] }
    type Mutation { addBook(input: BookInput!): Book }
    input BookInput { title: String! pages: Int = 10 tags: [String!] currency: Currency publisher: PublisherInput }
    input PublisherInput { code: ID! name: String }
    interface Media @key(fields: "id") { id: ID! title: String! language: String }
    type Book implements Media @key(fields: "id") @key(fields: "sku") @key(fields: "publisher { code } edition") {
      id: ID! sku: ID! title: String! language: String edition: Int! pages: Int publisher: Publisher! weight: Float
      price(currency: Currency): Float size: Size related(first: Int): [Media] secret: String @inaccessible
    }
    type Video implements Media @key(fields: "id") { id: ID! title: String! language: String minutes: Int! captions: [String!] cover: Size }
    type Publisher @key(fields: "code") { code: ID! name: String @shareable books: [Book!] }
    type Size @shareable { width: Int! height: Int unit: String! }
    union SearchResult = Book | Video | Reader | Publisher
    type Reader @key(fields: "id") { id: ID! }
    enum Currency { USD EUR }
  `,
  reviews: `${header}
    type Query { latestReviews(first: Int = 2): [Review!] topMedia: [Media] }
    type Mutation { addReview(media: ID!, stars: Int!): Review rate(media: ID!): Media }
    type Media @key(fields: "id") @interfaceObject { id: ID! reviews(first: Int = 2): [Review!]! rating: Float summary(length: Int!): String language: String @external audience: String @requires(fields: "language") }
    type Review @key(fields: "id") { id: ID! stars: Int! text: String author: Reader @provides(fields: "name") media: Media }
    type Reader @key(fields: "id") { id: ID! name: String @external reviews: [Review!] }
  `,
  readers: `${header}
    type Query { readers: [Reader!] reader(card: ID!): Reader featured: Book @shareable }
    type Reader @key(fields: "id") @key(fields: "card { number }") { id: ID! card: Card! name: String @shareable friends: [[Reader!]] borrowed: [Loan!] favourite: Favourite }
    type Card @shareable { number: ID! holder: Holder! }
    type Holder @shareable { initials: String }
    type Loan { book: Book! due: String returned: Boolean }
    union Favourite = Book | Publisher
    type Book @key(fields: "id") { id: ID! borrower: Reader waiting: Int! }
    type Publisher @key(fields: "code") { code: ID! name: String @shareable contact: Reader }
  `,
  shipping: `${header}
    type Query { parcels: [Parcel] }
    type Parcel { book: Book reader: Reader size: Size cost: Float! }
    type Size @shareable { width: Int! height: Int unit: String! }
    type Book @key(fields: "sku") @key(fields: "publisher { code } edition") {
      sku: ID! edition: Int! @external publisher: Publisher! @external pages: Int @override(from: "catalog")
      weight: Float @external price(currency: Currency): Float @external size: Size @external
      postage(express: Boolean = false): Float @requires(fields: "weight price(currency: EUR)")
      volume: Int @requires(fields: "size { width height }") box: Box @requires(fields: "weight size { width }")
    }
    type Box { name: String! fits: [Book!] }
    type Publisher @key(fields: "code", resolvable: false) { code: ID! }
    type Reader @key(fields: "card { number }") { card: Card! @shareable address: String zone: Int! }
    type Card @shareable { number: ID! }
    enum Currency { USD EUR }
  `,
};

export const libraryNames = Object.keys(librarySdl) as (keyof typeof librarySdl)[];

export const library = compose(libraryNames.map((name) => ({ name, sdl: librarySdl[name] })));
