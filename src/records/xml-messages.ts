/** What the XML parser says of a file that is not well-formed, in Chinese. It writes English; a test holds this list against its source. */
const messages: readonly (readonly [RegExp, string])[] = [
  [/^unclosed tag: (.+)$/s, "标签 $1 没有结束"],
  [/^unexpected close tag\.$/, "结束标签与开始标签不配"],
  [/^unmatched closing tag: (.+)\.$/s, "结束标签 $1 没有开始标签"],
  [/^weird empty close tag\.$/, "结束标签没有名字"],
  [/^unexpected end\.$/, "中途结束"],
  [/^document must contain a root element\.$/, "没有根元素"],
  [/^documents may contain only one root\.$/, "根元素不止一个"],
  [/^text data outside of root node\.$/, "根元素之外有文本"],
  [/^disallowed character\.$/, "有 XML 不允许的字符"],
  [/^disallowed character in (?:tag|closing tag) ?(?:name)?\.?$/, "标签名中有不允许的字符"],
  [/^disallowed character in attribute name\.$/, "属性名中有不允许的字符"],
  [/^disallowed character in processing instruction name\.$/, "处理指令名中有不允许的字符"],
  [/^the string "\]\]>" is disallowed in char data\.$/, "文本中出现 ]]>"],
  [/^attribute without value\.$/, "属性没有值"],
  [/^unquoted attribute value\.$/, "属性值没有引号"],
  [/^no whitespace between attributes\.$/, "属性之间没有空白"],
  [/^duplicate attribute: (.+)\.$/s, "属性 $1 重复"],
  [/^forward-slash in opening tag not followed by >\.$/, "开始标签中的 / 之后不是 >"],
  [/^malformed comment\.$/, "注释写法有误"],
  [/^malformed name: (.*)\.$/s, "名字 $1 写法有误"],
  [/^malformed character entity\.$/, "字符实体写法有误"],
  [/^empty entity name\.$/, "实体没有名字"],
  [/^inappropriately located doctype declaration\.$/, "DOCTYPE 的位置不对"],
  [/^incorrect syntax\.$/, "语法有误"],
  [/^processing instruction without a target\.$/, "处理指令没有目标"],
  [/^processing instructions are not allowed before root\.$/, "根元素之前不允许处理指令"],
  [
    /^(?:an XML declaration must be|the XML declaration must appear) at the start of the document\.$/,
    "XML 声明不在文件开头",
  ],
  [/^XML declaration is incomplete\.$/, "XML 声明不完整"],
  [/^XML declaration must contain a version\.$/, "XML 声明没有 version"],
  [/^The character \? is disallowed anywhere in XML declarations\.$/, "XML 声明中有 ?"],
  [/^did not expect any more name\/value pairs\.$/, "XML 声明中有多余的项"],
  [/^expected the name (.+)\.$/s, "XML 声明中应为 $1"],
  [/^expected one of (.+)$/s, "XML 声明中应为 $1 之一"],
  [/^value required\.$/, "XML 声明中缺值"],
  [/^value must be quoted\.$/, "XML 声明中的值没有引号"],
  [/^whitespace required\.$/, "缺空白"],
  [/^version number must match (.+)\.$/s, "version 应与 $1 匹配"],
  [/^encoding value must match (.+)\.$/s, "encoding 应与 $1 匹配"],
  [/^standalone value must match "yes" or "no"\.$/, 'standalone 应为 "yes" 或 "no"'],
  [/^undefined entity: (.+)$/s, "实体 $1 没有定义"],
];

/** Undefined where the text is no message of the parser. */
export function xmlMessage(text: string): string | undefined {
  const found = messages.find(([pattern]) => pattern.test(text));
  return found === undefined ? undefined : text.replace(...found);
}
