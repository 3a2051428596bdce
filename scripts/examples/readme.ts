const clean = `# Street signs: a dataset that conforms

Twenty pictures of a street, drawn by \`scripts/make-examples.ts\` from a seed, with 59 signs of four categories annotated by a box, in COCO also by a
polygon. The same dataset stands here in three formats, each folder whole with its pictures:

| folder | format | what it carries beside the boxes |
|---|---|---|
| \`coco/\` | COCO instances, a file for train and one for val | polygons, areas, ids, the size of each picture, the licence |
| \`voc/\` | Pascal VOC, an XML file a picture, \`ImageSets\`, \`labelmap.txt\` | the size of each picture, truncated, difficult, pose |
| \`yolo/\` | YOLO detection, a text file a picture, \`data.yaml\` | nothing: sizes come from the pictures themselves |

\`\`\`sh
npx touchstone assess examples/street-signs/coco
\`\`\`

All three conform and have no finding: exit status 0. Written for Touchstone, Apache-2.0.
`;

const cleanZh = `# 街道标志：一个符合的数据集

二十张街景图，由 \`scripts/make-examples.ts\` 按种子画出；四个类别共 59 个标志，各有标注框，COCO 中另有多边形。同一数据集以三种格式给出，每个文件夹自带图像：

| 文件夹 | 格式 | 标注框之外的内容 |
|---|---|---|
| \`coco/\` | COCO 实例，train 与 val 各一个文件 | 多边形、面积、编号、图像尺寸、许可 |
| \`voc/\` | Pascal VOC，每图一个 XML 文件，另有 \`ImageSets\` 与 \`labelmap.txt\` | 图像尺寸、truncated、difficult、pose |
| \`yolo/\` | YOLO 检测，每图一个文本文件，另有 \`data.yaml\` | 无：尺寸取自图像本身 |

\`\`\`sh
npx touchstone assess examples/street-signs/coco
\`\`\`

三者均符合，没有发现：退出码 0。本数据集为试金石编写，Apache-2.0。
`;

const broken = `# Street signs with defects: a dataset that does not conform

Thirty pictures like those of [street-signs](../street-signs/), with defects planted in the annotations and in the picture files. Beside each format
lies the list of the findings that must come, one by one, with file and line: \`coco.defects.json\`, \`voc.defects.json\`, \`yolo.defects.json\`. A test
holds the reports against them: every one is found, and nothing else.

\`\`\`sh
npx touchstone assess examples/street-signs-defects/coco
\`\`\`

Exit status 1. In every format one picture is cut off in the middle (\`media-unreadable\`, critical), one is missing, one stands in both train and
val (\`media-duplicate-exact\`); a box goes over the border, a box has no width, an annotation stands twice, an object has two categories, and more.
On top of these each format has defects of its own kind: ids given twice, a dangling reference, polygons that cross themselves in COCO; corners the
wrong way round and a 0 where VOC counts from 1; a line with too few columns and pixels instead of shares in YOLO.

What a format cannot carry it cannot have broken: VOC and YOLO have no polygons, areas or ids, YOLO neither names a picture nor declares its size.
COCO lists its categories in both of its files, so the unused one is found twice. For all that the three formats share they give the same findings
and the same scores.
`;

const brokenZh = `# 有缺陷的街道标志：一个不符合的数据集

三十张与 [street-signs](../street-signs/) 同类的图，标注与图像文件中埋设了缺陷。每种格式旁有一份清单，逐条列出应有的发现及其文件与行号：
\`coco.defects.json\`、\`voc.defects.json\`、\`yolo.defects.json\`。有一个测试把报告与清单逐条对照：条条都发现，此外没有别的。

\`\`\`sh
npx touchstone assess examples/street-signs-defects/coco
\`\`\`

退出码 1。每种格式中都有：一张图被截断（\`media-unreadable\`，致命），一张图不在，一张图既在训练集又在验证集（\`media-duplicate-exact\`）；一个框越界，一个框没有宽度，一条标注写了两遍，一个对象有两个
类别，等等。此外各有其格式特有的缺陷：COCO 有重复的编号、悬空的引用、自相交的多边形；VOC 有颠倒的角点和不应有的 0（VOC 从 1 起）；YOLO 有列数不足的一行和写成像素的坐标。

格式不能承载的，也就不会有缺陷：VOC 与 YOLO 没有多边形、面积和编号，YOLO 不写图像的文件名与尺寸。COCO 的两个文件各列一遍类别，所以未用的类别发现两次。三种格式共有的部分，发现相同，
得分相同。
`;

/** The pages beside the data. */
export const readmes: readonly (readonly [path: string, text: string])[] = [
  ["street-signs/README.md", clean],
  ["street-signs/README.zh.md", cleanZh],
  ["street-signs-defects/README.md", broken],
  ["street-signs-defects/README.zh.md", brokenZh],
];
