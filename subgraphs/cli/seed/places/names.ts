const trees = "Alder Briar Cedar Dogwood Elder Fern Gorse Hawthorn Ironwood Juniper Kestrel Larkspur Maple Nettle Orchard Poplar Quail Rowan Sorrel Thistle Upland Vetch Willow Yarrow".split(" ");
const lands = "Ridge Creek Hollow Grove Hill Glen Park Meadow Falls Point View Bend Springs Heights Landing".split(" ");

/** The name of the place of the district's `index`th school: "Alder Ridge", "Briar Creek", ... 360 of them differ. */
export function placeNames(index: number): string {
  const round = Math.floor(index / trees.length);
  const name = `${trees[index % trees.length]} ${lands[(index + round) % lands.length]}`;
  const era = Math.floor(round / lands.length);
  return era === 0 ? name : `${["North", "South", "East", "West"][(era - 1) % 4]} ${name}`;
}
