import type { ReportFinding } from "../../records/report.gen.js";
import { spotText, valuesText } from "../captions.js";
import { both, entry } from "../locale.js";
import { cssPalette } from "../palette.js";
import { isWhole, recordText } from "../subjects.js";
import { closeUp, locator } from "../svg.js";
import { cutMiddle, visible } from "../text.js";

/** A picture as it lies on disk: its bytes go into the page once and are never encoded again. */
export interface PageImage {
  readonly id: string;
  readonly href: string;
  readonly width: number;
  readonly height: number;
}

/** By the path of the medium, as the data write it. */
export type PageImages = ReadonlyMap<string, PageImage>;

const longest = { path: 240, text: 120 };

export interface FigureOptions {
  readonly id: string;
  readonly ruleId: string;
  readonly large: boolean;
  readonly images: PageImages;
}

/** One finding: close-up, locator, and a caption that says record, place and the values that broke the rule. */
export function figureView(finding: ReportFinding, options: FigureOptions): Record<string, unknown> {
  const { drawing } = finding;
  const image = drawing?.media === undefined ? undefined : options.images.get(drawing.media);
  const turned = drawing?.orientation !== undefined && drawing.orientation !== 1;
  const draw = {
    palette: cssPalette,
    id: `g-${options.id}`,
    name: `aria-labelledby="${options.ruleId} c-${options.id}"`,
    size: options.large ? 320 : 160,
    ...(image === undefined ? {} : { image: image.id }),
  };
  const drawn = drawing !== undefined && drawing.shapes.length > 0;
  return {
    id: options.id,
    file: isWhole(finding) ? "" : cutMiddle(visible(finding.file), longest.path),
    whole: isWhole(finding),
    record: cutMiddle(recordText(finding), 48),
    place: pathView(visible(finding.file)),
    spot: isWhole(finding) ? "" : spotText(finding),
    media: finding.media === undefined ? null : pathView(visible(finding.media)),
    category: finding.category === undefined ? null : cutMiddle(visible(finding.category), 60),
    values: both((w) => cutMiddle(valuesText(finding, w), longest.text)),
    hasValues: both((w) => valuesText(finding, w)).en !== "",
    large: options.large,
    drawn,
    closeUp: drawn ? closeUp(drawing, draw) : "",
    locator: drawn ? locator(drawing, cssPalette) : "",
    baseline: finding.baseline === undefined ? null : entry(`finding.${finding.baseline}`),
    waived: finding.waived === true,
    unpictured: drawn && image === undefined && options.images.size > 0 ? entry("figure.no_image") : null,
    turned: turned ? entry("figure.orientation", { orientation: drawing.orientation ?? 1 }) : null,
    simplified:
      drawing?.simplified_from === undefined ? null : entry("figure.simplified", { n: drawing.simplified_from }),
  };
}

/** A short path wraps; of a long one the page cuts the first half where there is no room, and copying gives it whole. */
export function pathView(path: string): { head: string; tail: string; long: boolean } {
  const shown = cutMiddle(path, longest.path);
  const characters = [...shown];
  if (characters.length <= 64) return { head: "", tail: shown, long: false };
  const tail = 18;
  return {
    head: characters.slice(0, characters.length - tail).join(""),
    tail: characters.slice(-tail).join(""),
    long: true,
  };
}
