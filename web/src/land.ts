// Land of the earth, read after the first paint and cut once to the neighbourhood of the area.
import { clipRing, coastOf, pathOf, toXY, type Frame, type XY } from './geo';

export interface Land {
  fill: string;
  coast: string;
}
/** Numbers in the path are units times this, so that two decimals are enough. */
export const LAND_SCALE = 100;

export async function loadLand(f: Frame, area: [number, number, number, number]): Promise<Land> {
  const body = (await (await fetch('land.json')).json()) as { q: number; rings: number[][] };
  const reach = Math.max(area[2] - area[0], area[3] - area[1], 2) * 2.5;
  const [ax, ay] = toXY(f, area[0] - reach, area[3] + reach),
    [bx, by] = toXY(f, area[2] + reach, area[1] - reach);
  const box: [number, number, number, number] = [ax, ay, bx, by].map((v) => v * LAND_SCALE) as never;
  const land: Land = { fill: '', coast: '' };
  for (const coded of body.rings) {
    const ring = decode(coded, body.q).map(([lon, lat]): XY => {
      const [x, y] = toXY(f, lon, lat);
      return [x * LAND_SCALE, y * LAND_SCALE];
    });
    const cut = clipRing(ring, box);
    if (cut.length < 3) continue;
    land.fill += pathOf(cut);
    land.coast += coastOf(cut, box);
  }
  return land;
}

function decode(coded: number[], q: number): XY[] {
  const out: XY[] = [];
  for (let i = 0, x = 0, y = 0; i < coded.length; i += 2) {
    x += coded[i]!;
    y += coded[i + 1]!;
    out.push([x / q, y / q]);
  }
  return out;
}
