/** A fixed trap: an expression on `trapScope`, its value or the code of its error, and oracles that are known to be wrong there. */
interface Trap {
  readonly about: string;
  readonly text: string;
  readonly gives: unknown;
  /** Interpreters that answer something else, with the reason. */
  readonly differs?: Readonly<Partial<Record<"mb" | "buf", string>>>;
}

const error = (code: string) => ({ error: code });
const bits53 = { mb: "ints of 64 bits", buf: "ints of 64 bits" };
const utf16 = { mb: "order by UTF-16 unit", buf: "order by UTF-16 unit" };

const trap = (about: string, text: string, gives: unknown, differs?: Trap["differs"]): Trap => ({
  about,
  text,
  gives,
  ...(differs === undefined ? {} : { differs }),
});

/** The trap table of the rule language: each line once broke, or breaks with one of the planted bugs. */
export const traps: readonly Trap[] = [
  // The sign of zero: an int has none.
  trap(
    "zero times minus four is an int",
    "1.0 / double(annotation.iscrowd * annotation.num_keypoints)",
    Number.POSITIVE_INFINITY,
  ),
  trap(
    "zero divided by minus four",
    "1.0 / double(annotation.iscrowd / annotation.num_keypoints)",
    Number.POSITIVE_INFINITY,
  ),
  trap("the remainder of a negative int", "1.0 / double(annotation.num_keypoints % 2)", Number.POSITIVE_INFINITY),
  trap("zero negated", "1.0 / double(-annotation.iscrowd)", Number.POSITIVE_INFINITY),
  trap("the int of a small negative double", "1.0 / double(int(-0.5))", Number.POSITIVE_INFINITY),
  trap("the int of the text -0", '1.0 / double(int("-0"))', Number.POSITIVE_INFINITY),
  trap("one divided by a negative int", "1.0 / double(1 / annotation.num_keypoints)", Number.POSITIVE_INFINITY),
  trap("a double keeps its sign of zero", "1.0 / annotation.box.x", Number.NEGATIVE_INFINITY),
  trap("a double zero negated", "1.0 / -0.0", Number.NEGATIVE_INFINITY),
  trap("the two zeros are equal", "annotation.box.x == 0.0", true),
  // Int division.
  trap("division truncates", "7 / 2", 3),
  trap("division of a negative int truncates to zero", "-7 / 2", -3),
  trap("the remainder has the sign of the dividend", "-7 % 2", -1),
  trap("division of a variable truncates", "(annotation.num_keypoints - 3) / 2", -3),
  trap("the largest int halved", "annotation.keypoint_values / 2", 4503599627370495),
  trap("division by zero", "1 / annotation.iscrowd", error("division_by_zero")),
  trap("remainder by zero", "1 % annotation.iscrowd", error("modulo_by_zero")),
  trap("division by a literal zero", "1 / 0", error("division_by_zero")),
  trap("a double divided by zero", "1.0 / 0.0", Number.POSITIVE_INFINITY),
  trap("zero divided by zero is not a number", "0.0 / 0.0", Number.NaN),
  // Overflow.
  trap("the largest int plus one", "annotation.keypoint_values + 1", error("overflow"), bits53),
  trap("the smallest int minus one", "-annotation.keypoint_values - 1", error("overflow"), bits53),
  trap("the largest int twice", "annotation.keypoint_values * 2", error("overflow"), bits53),
  trap("a product that rounds", "annotation.keypoint_values * annotation.keypoint_values", error("overflow")),
  trap("the largest int plus zero", "annotation.keypoint_values + 0", 9007199254740991),
  trap("int of a double that is too large", "int(1e99)", error("overflow"), { mb: "no overflow in int(double)" }),
  trap("int of infinity", "int(annotation.box.height)", error("overflow")),
  trap("int of NaN", "int(annotation.box.width)", error("overflow")),
  trap("int of a double truncates", "int(-2.9)", -2),
  trap("int of a text with blanks", 'int(" 1")', error("int_conversion"), {
    buf: "converts as BigInt() and Number() do",
  }),
  trap("int of an empty text", 'int("")', error("int_conversion"), {
    mb: "int of an empty text is 0",
    buf: "converts as BigInt() and Number() do",
  }),
  trap("int of a hexadecimal text", 'int("0x10")', error("int_conversion"), {
    buf: "converts as BigInt() and Number() do",
  }),
  trap("double of a hexadecimal text", 'double("0x10")', error("double_conversion"), {
    mb: "double of 0x10 is 16",
    buf: "converts as BigInt() and Number() do",
  }),
  trap("double of an empty text", 'double("")', error("double_conversion"), {
    buf: "converts as BigInt() and Number() do",
  }),
  trap("double of a word", 'double("x")', error("double_conversion"), { buf: "a word is NaN" }),
  // Errors are absorbed, or not.
  trap("false after an error", "1 / annotation.iscrowd > 0 && annotation.label == 'dog'", false),
  trap("true after an error", "1 / annotation.iscrowd > 0 || annotation.label == 'cat'", true),
  trap("an error after true", "annotation.label == 'cat' && 1 / annotation.iscrowd > 0", error("division_by_zero")),
  trap("an error before true", "1 / annotation.iscrowd > 0 && annotation.label == 'cat'", error("division_by_zero")),
  trap("false after two errors", "1 / annotation.iscrowd > 0 && 1 % annotation.iscrowd > 0 && false", false),
  trap("an error in the middle of a chain", "true && 1 / annotation.iscrowd > 0 && false", false),
  trap("an error under !", "!(1 / annotation.iscrowd > 0) || true", true),
  trap("all: a false member after an error", "[0, 1].all(n, 1 / n > 1)", false),
  trap("all: no false member", "[0, 1].all(n, 1 / n == 1)", error("division_by_zero")),
  trap("exists: a true member after an error", "[0, 1].exists(n, 1 / n == 1)", true),
  trap("exists: no true member", "[0, 1].exists(n, 1 / n == 2)", error("division_by_zero")),
  trap("exists_one: an error is fatal", "[1, 0].exists_one(n, 1 / n == 1)", error("division_by_zero")),
  trap("exists_one: an error behind the second hit", "[1, 1, 0].exists_one(n, 1 / n == 1)", error("division_by_zero")),
  trap("map: an error is fatal", "[1, 0].map(n, 1 / n) == [1]", error("division_by_zero")),
  trap("filter: an error is fatal", "[1, 0].filter(n, 1 / n == 1) == [1]", error("division_by_zero")),
  trap("?: an error in the condition is fatal", "1 / annotation.iscrowd > 0 ? true : true", error("division_by_zero")),
  trap("?: the branch that is not taken", "false ? 1 / annotation.iscrowd : 2", 2),
  trap(
    "a guard behind an operand that can fail",
    "1 / annotation.iscrowd > 0 && has(annotation.rle) && annotation.rle.width > 0",
    false,
  ),
  trap(
    "a guard that decides after an error",
    "(1 / annotation.iscrowd > 0 && has(annotation.rle)) || annotation.rle.width > 0",
    error("no_such_field"),
  ),
  // Absence.
  trap("an absent record", "has(annotation.rle)", false),
  trap("a field that is there", "has(annotation.box)", true),
  trap("a required field of a record that is there", "has(annotation.box.x)", true),
  trap("a field of an absent record", "has(annotation.rle.width)", error("no_such_field")),
  trap("reading an absent field", "annotation.area > 0.0", error("no_such_field")),
  trap("reading through an absent record", "annotation.rle.width", error("no_such_field")),
  trap("an absent field of a member", "annotation.segments.map(s, has(s.area))", [false, true]),
  trap("an absent field of one member", "annotation.segments.exists(s, s.area > 8.0)", true),
  trap("an undefined measure", 'measure("undefined-here").x > 0.0', error("measure_undefined")),
  trap("A and B of an undefined measure", 'measure("undefined-here").b', 0),
  trap("a measure that was not computed", 'measure("nobody-knows").a > 0.0', error("measure_undefined")),
  // NaN and equality.
  trap("NaN equals nothing", "annotation.box.width == annotation.box.width", false),
  trap("NaN differs from itself", "annotation.box.width != annotation.box.width", true),
  trap("NaN is in no list", "annotation.box.width in [annotation.box.width]", false),
  trap("NaN in a typed array", "annotation.box.width in annotation.polygon[1]", false),
  trap("a list with NaN differs from itself, also in a variable", "annotation.polygon.all(r, r == r)", false, {
    mb: "identity shortcut",
    buf: "identity shortcut",
  }),
  trap("a list with NaN differs from itself", "annotation.polygon == annotation.polygon", false, {
    mb: "identity shortcut",
  }),
  trap("lists are compared member by member", "[[1, 2], [3]] == [[1, 2], [3]]", true),
  trap("lists of different length", "[1] == [1, 2]", false),
  trap("minus zero in a list of doubles", "0.0 in annotation.polygon[1]", true),
  trap("int and double are ordered", "annotation.iscrowd < 0.5", true),
  // Maps and prototypes.
  trap("toString is not a key", '"toString" in {"a": 1}', false),
  trap("__proto__ is not a key", '"__proto__" in {"a": 1}', false),
  trap("__proto__ as a key", '"__proto__" in {"__proto__": 1}', true, { mb: "drops __proto__" }),
  trap("constructor is no value", '{"a": 1}["constructor"]', error("no_such_key")),
  trap("a list of words holds toString when it says so", '"toString" in params.words', true),
  trap("a label that is a prototype key", '"constructor" in params.words', false),
  trap("maps are equal whatever the order", '{"a": 1, "b": 2} == {"b": 2, "a": 1}', true),
  // Text.
  trap("size counts code points", "size(annotation.caption)", 3),
  trap("size as a method", "annotation.caption.size()", 3),
  trap("order is by code point", '"𠮷" > "，"', true, utf16),
  trap("order of a prefix", '"ab" < "abc"', true),
  trap("a lone surrogate is not in a literal", String.raw`"\ufffd" == "\ufffd"`, true),
  trap("a quote and a backslash in a literal", String.raw`"\"\\" + '"' == "\"\\\""`, true),
  trap("a line separator in a literal", String.raw`size("\u2028\u2029")`, 2),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: text that looks like code is what this asks about
  trap("text that looks like code", '"${1}`" + "*/ }" == "${1}`*/ }"', true),
  trap("matches searches", 'annotation.label.matches("a")', true),
  trap("matches a parameter", "annotation.label.matches(params.pattern)", false),
  trap("a point is a code point", 'annotation.caption.matches("^...$")', true, { mb: "RegExp without u" }),
  trap("Han in RE2", String.raw`annotation.caption.matches(r"^\p{Han}")`, true, { mb: "RegExp without u" }),
  trap("a full-width space is no \\s", String.raw`"\u3000".matches(r"\s")`, false, { mb: "RegExp" }),
  trap("string of an infinite double", "string(annotation.box.height)", "+Inf", { buf: "prints Infinity" }),
  // Lists and typed arrays.
  trap("an index behind the end", "annotation.polygon[2]", error("index_out_of_bounds")),
  trap("a negative index", "annotation.polygon[-1]", error("index_out_of_bounds")),
  trap("an index of a typed array", "annotation.polygon[0][4]", 4),
  trap("size of a typed array", "size(annotation.polygon[0])", 6),
  trap("all over an empty list", "annotation.polygon_length.all(n, n > 0.0)", true),
  trap("a literal list as a typed array", "sum([1.0, 2.5])", 3.5),
  trap("a mapped list as a typed array", "sum(annotation.keypoints.map(k, k.x))", 4),
  trap("joined lists as a typed array", "sum(annotation.polygon[0] + [1.0])", 12),
  trap("a filtered list as a typed array", "sum(annotation.polygon[0].filter(n, n > 3.0))", 8),
  trap("an inner variable hides an outer one", "[1, 2].all(n, [3].all(n, n == 3))", true),
  trap("a variable that hides the record", "[1].all(annotation, annotation == 1)", true),
  trap("an outer variable inside", "[1, 2].all(n, [1, 2].exists(m, m == n))", true),
  // Ids.
  trap("the text of a whole number", "text(annotation.id)", "7"),
  trap("an id that is text", "isWholeNumber(annotation.media_id)", false),
  trap("ids are compared as written", "annotation.id == annotation.media_id", false),
  trap("the pattern of an id", 'text(annotation.id).matches("^[0-9]+$")', true),
  trap("a check that asks the host", "knownMedia(annotation.media_id)", true),
];
