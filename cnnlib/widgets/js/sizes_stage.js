// How many outputs use each input: counts, tinted; the outputs show which weight they put on it.
import { indexOf } from "./arrays.js";
import { GridView } from "./grid_view.js";
import { sheetLinks } from "./links.js";
import { short } from "./numbers.js";
import { PlainGridView } from "./plain_grid_view.js";
import { SheetStage } from "./stages.js";

export class SizesStage extends SheetStage {
  gridView(name, state, scene) {
    const View = name === "kernel" ? GridView : PlainGridView;
    return new View(name, scene.arrays[name], { padding: state.padding });
  }

  badges() {
    return new Map();
  }

  join(picture) {
    super.join(picture);
    const { scene, pick, lit } = picture;
    const grids = this.list.filter(({ name }) => name !== "kernel");
    this.links.replaceChildren(...sheetLinks({ scene, layout: this.layout, lit, pick, grids }));
    const most = Math.max(1, ...scene.sizes);
    this.grids.input?.show((p) => counted(scene.sizes[p], most));
    this.grids.output?.show((i) => used(scene, pick.grid === "input" ? lit.output.get(i) : undefined));
  }
}

const counted = (count, most) => ({
  text: String(count), spoken: `used by ${count} ${count === 1 ? "output" : "outputs"}`, heat: count / most,
});

function used({ arrays, taps }, n) {
  if (n === undefined) return { text: "", spoken: "does not use it" };
  const weight = taps.weight[n];
  const [text, name] = [short(arrays.kernel.values[weight]), indexOf(weight, arrays.kernel.shape)];
  return { text: `×${text}`, spoken: `uses it with weight ${name}, ${text}`, weight: name };
}
