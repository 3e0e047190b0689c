// Makes a copy of the crate in which every fault of tests/planted/faults.mjs can be switched on while it runs, with the simulator
// as its test: `node scripts/plant.mjs FOLDER`. The crate itself holds no such switches.

import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FAULTS } from "../tests/planted/faults.mjs";

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: node scripts/plant.mjs FOLDER");

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const name of ["Cargo.toml", "Cargo.lock", "src", "tests/simulation", "tests/support"]) await cp(name, join(folder, name), { recursive: true });

for (const [number, fault] of FAULTS.entries()) {
  const path = join(folder, fault.file);
  const source = await readFile(path, "utf8");
  const { find, swap = find, replace, name } = fault;
  if (source.split(find).length !== 2) throw new Error(`"${name}": its place stands ${source.split(find).length - 1} times in ${fault.file}`);
  if (find.split(swap).length !== 2) throw new Error(`"${name}": 'swap' stands ${find.split(swap).length - 1} times in 'find'`);
  const planted = find.replace(swap, () => `(if crate::planted::is_on(${number}) { ${replace} } else { ${swap} })`);
  await writeFile(path, source.replace(find, () => planted));
}

await cp("tests/planted/switch.rs", join(folder, "src/planted.rs"));
const names = FAULTS.map(({ name }) => `    ${JSON.stringify(name)},\n`).join("");
await writeFile(join(folder, "src/planted.rs"), `${await readFile(join(folder, "src/planted.rs"), "utf8")}\n/// What each fault is called.\npub const NAMES: &[&str] = &[\n${names}];\n`);
await writeFile(join(folder, "src/lib.rs"), `${await readFile(join(folder, "src/lib.rs"), "utf8")}\npub mod planted;\n`);
await cp("tests/planted/caught.rs", join(folder, "tests/simulation/caught.rs"));
const main = join(folder, "tests/simulation/main.rs");
await writeFile(main, (await readFile(main, "utf8")).replace("\nmod bugs;", "\nmod bugs;\nmod caught;"));
