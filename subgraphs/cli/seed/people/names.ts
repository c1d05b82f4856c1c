/** Words of which the demo district's people and places are made. Invented combinations: nobody is meant. */

const words = (list: string): readonly string[] => list.trim().split(/[\s]+/);

/** Names of a region of origin with the home languages and answers on race that go with it. Weights say how many of a hundred families. */
export interface Origin {
  readonly weight: number;
  readonly families: readonly string[];
  readonly girls: readonly string[];
  readonly boys: readonly string[];
  /** Home languages with weights; English families answer "en". */
  readonly languages: readonly (readonly [string, number])[];
  readonly hispanic: boolean;
  readonly races: readonly Race[];
}
export type Race = "americanIndianOrAlaskaNative" | "asian" | "blackOrAfricanAmerican" | "nativeHawaiianOrOtherPacificIslander" | "white";

const usualGirls = words("Abigail Audrey Beatrix Brynn Cecily Clara Delia Edith Elise Faye Greta Hazel Imogen Ivy Josie June Keira Lena Lydia Mabel Marlow Nell Opal Paige Phoebe Quinn Rosalie Sadie Thea Tessa Willa Wren");
const usualBoys = words("Alden Asher Beckett Bram Caleb Clyde Dexter Eamon Elliot Ezra Felix Gideon Graham Hollis Ira Jasper Jonas Kit Leland Miles Nolan Orson Otis Percy Reid Rowan Silas Theo Tobin Warren Wesley Wyatt");

export const origins: readonly Origin[] = [
  {
    weight: 46, hispanic: false, races: ["white"], languages: [["en", 97], ["uk", 2], ["ru", 1]], girls: usualGirls, boys: usualBoys,
    families: words("Ashgrove Barlowe Birchall Brannock Calder Carrow Dunmore Eastlake Fairbairn Fenwick Gallimore Garside Hargreave Hartnell Holloway Inglewood Jessop Kettering Kilbride Larkham Lindqvist Mossman Northcott Oakden Pemberly Quarrie Ravensworth Renshaw Selby Stavert Thackray Thornbury Ullman Wainwright Westerby Whitlock Yarrow"),
  },
  {
    weight: 24, hispanic: true, races: ["white"], languages: [["es", 62], ["en", 38]],
    girls: words("Alma Belén Camila Daniela Elena Fernanda Gabriela Itzel Jimena Lucía Marisol Natalia Paloma Renata Sofía Valeria Ximena Yaretzi"),
    boys: words("Adrián Bruno Diego Emilio Esteban Gael Hugo Ignacio Joaquín Leonel Mateo Nicolás Óscar Rafael Santiago Tomás Uriel"),
    families: words("Abarca Barrientos Carranza Cisneros Escalante Fuentes Gallardo Huerta Izaguirre Jurado Lozano Montaño Nájera Olvera Palomino Quintanar Rentería Saldaña Tejeda Urrutia Villaseñor Zamudio"),
  },
  {
    weight: 14, hispanic: false, races: ["blackOrAfricanAmerican"], languages: [["en", 86], ["so", 8], ["am", 6]],
    girls: words("Amara Ayanna Brielle Denise Ebony Fatima Imani Jada Kiara Layla Makeda Nia Simone Tamika Zara"),
    boys: words("Amir Andre Darius Desmond Elijah Isaiah Jalen Kofi Langston Malik Marcus Omari Terrence Xavier Zaire"),
    families: words("Abiola Ballard Coffey Darden Eubanks Fofana Gaines Hollins Ivory Jemison Kincaid Lattimore Mensah Njoroge Osei Pettway Rollins Sayles Tolliver Warsame Yeboah"),
  },
  {
    weight: 10, hispanic: false, races: ["asian"], languages: [["vi", 26], ["en", 34], ["zh", 16], ["hi", 12], ["tl", 12]],
    girls: words("Anjali Bao Diya Hana Huong Kavya Lan Mei Minh-Anh Priya Rina Saanvi Thuy Yuna"),
    boys: words("Arjun Bao-Long Dev Hiro Jun Kai Minh Nikhil Quan Rohan Shota Tuan Vikram Wei"),
    families: words("Balasubram Cao Dang Fujikawa Gunawan Huynh Iyer Jang Kapadia Lieu Matsuda Natarajan Oda Phung Quach Reyes-Uy Shinde Truong Vuong Yamane"),
  },
  {
    weight: 3, hispanic: false, races: ["americanIndianOrAlaskaNative"], languages: [["en", 100]],
    girls: words("Aiyana Dawn Kaya Lena Sunniva Winona"), boys: words("Chayton Dakota Jesse Koda Nathan Takoda"),
    families: words("Bearclaw Clearwater Goodfox Longtree Redcloud Strongheart Tallgrass Whitefeather"),
  },
  {
    weight: 2, hispanic: false, races: ["nativeHawaiianOrOtherPacificIslander"], languages: [["en", 60], ["sm", 40]],
    girls: words("Alana Kalea Leilani Malia Noelani Sina"), boys: words("Ikaika Kaleo Keanu Makoa Sione Tavita"),
    families: words("Faleolo Kahananui Kealoha Leota Makaiwi Tuimavave"),
  },
];

export const streets: readonly string[] = words("Alder Briar Cedar Dogwood Elder Fernhill Gorse Hawthorn Ironwood Juniper Kestrel Larkspur Meadow Nettle Orchard Poplar Quail Ridge Sorrel Thistle Upland Vetch Willow Yarrow");
export const streetKinds: readonly string[] = ["Street", "Avenue", "Lane", "Court", "Road", "Way"];
export const towns: readonly (readonly [string, string])[] = [["Alder Valley", "97990"], ["Briar Creek", "97991"], ["Cedar Hollow", "97992"]];

export const adultWomen: readonly string[] = words("Adele Bernice Corinne Dahlia Estelle Francine Gwen Harriet Ilse Joanna Katrin Leonora Maureen Nadine Odile Petra Rosalind Sabine Trudy Ursula Vera Winifred Yvette");
export const adultMen: readonly string[] = words("Alastair Bernard Conrad Dominic Edmund Fabian Gerard Hector Ivan Julian Kenneth Lambert Magnus Norbert Osvald Patrick Quentin Roland Stefan Tristan Ulrich Vincent Walter");
