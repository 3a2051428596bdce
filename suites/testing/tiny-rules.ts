import type { TinyRule, TinyScheme } from "./tiny-standard.js";

export const boxPositive: TinyRule = {
  id: "box-positive",
  on: "annotation",
  indicator: "G",
  when: "has(annotation.box)",
  assert: "annotation.box.width > 0.0 && annotation.box.height > 0.0",
};

export const crowdKnown: TinyRule = {
  id: "crowd-known",
  on: "annotation",
  indicator: "G",
  when: "has(annotation.iscrowd)",
  assert: "annotation.iscrowd <= 1",
};

/** One of each kind: joins, references, groups, media, categories, faults of reading, a rule that cannot always be evaluated, a minor one. */
export const tinyRules: readonly TinyRule[] = [
  boxPositive,
  crowdKnown,
  {
    id: "box-inside",
    on: "annotation",
    indicator: "G",
    when: "has(annotation.box) && has(media.width) && has(media.height)",
    assert:
      "annotation.box.x + annotation.box.width <= double(media.width) && annotation.box.y + annotation.box.height <= double(media.height)",
  },
  {
    id: "media-known",
    on: "annotation",
    indicator: "S",
    severity: "critical",
    when: "has(annotation.media_id)",
    assert: 'known("media", annotation.media_id)',
  },
  {
    id: "id-once",
    on: "annotation",
    within: "annotation.id",
    indicator: "S",
    when: "has(annotation.id)",
    assert: "size(siblings) == 1",
  },
  {
    id: "few-in-a-medium",
    on: "annotation",
    within: "media",
    indicator: "S",
    severity: "minor",
    assert: "size(siblings) <= 4",
  },
  {
    id: "media-has-area",
    on: "media",
    indicator: "M",
    when: "has(media.width) && has(media.height)",
    assert: "media.width > 0 && media.height > 0",
  },
  {
    id: "media-annotated",
    on: "media",
    indicator: "M",
    when: "has(media.id)",
    assert: 'measure("annotations-by-media", media.id).a > 0.0',
  },
  {
    id: "name-readable",
    on: "category",
    indicator: "M",
    when: "has(category.name)",
    assert: "size(category.name) > 1",
  },
  {
    id: "second-ring",
    on: "annotation",
    indicator: "O",
    when: "has(annotation.polygon)",
    assert: "ringArea(annotation.polygon[0]) > 2.0 || ringArea(annotation.polygon[1]) > 0.0",
  },
  { id: "key-once", fault: "json-duplicate-key", indicator: "F" },
  { id: "types-kept", fault: "record-schema-violation", indicator: "F" },
];

export const tinyScheme: TinyScheme = {
  accept: { critical: 0 },
  dimensions: [
    {
      code: "D",
      weights: "equal",
      indicators: [{ code: "G" }, { code: "S" }, { code: "M" }, { code: "O" }, { code: "F" }],
    },
  ],
};
