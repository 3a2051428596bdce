import { type CheckDeclaration, units } from "./declaration.js";

/** Whether a text is in Unicode normalisation form C. */
export function isNfc(text: string): boolean {
  // Below U+0300 every character is its own form C (NFC_Quick_Check = Yes); normalize() would copy the text.
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) >= 0x300) return text === text.normalize("NFC");
  }
  return true;
}

/** Number of control characters (Unicode Cc: C0, DEL, C1) other than TAB, LF and CR, and of surrogates without their other half. */
export function controlCharacters(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xa0) {
      if (unit < 0x20 ? unit !== 9 && unit !== 10 && unit !== 13 : unit >= 0x7f) count++;
    } else if (unit >= 0xd800 && unit <= 0xdfff) {
      const paired = unit <= 0xdbff && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
      if (paired) i++;
      else count++;
    }
  }
  return count;
}

/** Number of U+FFFD: an earlier decoder lost data there. */
export function replacementCharacters(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\ufffd"); at >= 0; at = text.indexOf("\ufffd", at + 1)) count++;
  return count;
}

/** Whether a text is empty or white space alone (Unicode White_Space and the byte order mark, as `trim` has it). */
export function isBlank(text: string): boolean {
  return text.trim() === "";
}

export const declarations: readonly CheckDeclaration[] = [
  {
    cel: "isNfc(string): bool",
    says: { zh: "是 Unicode 规范形式 C", en: "it is in Unicode normalisation form C" },
    says_not: { zh: "不是 Unicode 规范形式 C", en: "it is not in Unicode normalisation form C" },
    call: isNfc,
  },
  {
    cel: "controlCharacters(string): int",
    says: { zh: "控制字符", en: "control characters" },
    unit: units.items,
    call: controlCharacters,
  },
  {
    cel: "replacementCharacters(string): int",
    says: { zh: "替换字符 U+FFFD", en: "replacement characters U+FFFD" },
    unit: units.items,
    call: replacementCharacters,
  },
  {
    cel: "isBlank(string): bool",
    says: { zh: "没有可见内容", en: "nothing in it can be seen" },
    says_not: { zh: "有可见内容", en: "something in it can be seen" },
    call: isBlank,
  },
];
