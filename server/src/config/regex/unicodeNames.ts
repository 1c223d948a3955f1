import { lazily } from "../../text/lazily.ts";

/**
 * What PCRE2 10.42 knows of Unicode 14, as far as it concerns the characters of Latin-1: those of a byte. The names are
 * written small and without blanks, hyphens and underscores, as PCRE2 compares them; the sets are ranges of hexadecimal
 * numbers. All was asked of the library itself.
 */
/** The scripts without a character in Latin-1, with their short names. */
const OTHER_SCRIPTS = `
  adlam adlm aghb ahom anatolianhieroglyphs arab arabic armenian armi armn avestan avst bali balinese bamu bamum
  bass bassavah batak batk beng bengali bhaiksuki bhks bopo bopomofo brah brahmi brai braille bugi buginese buhd
  buhid cakm canadianaboriginal cans cari carian caucasianalbanian chakma cham cher cherokee chorasmian chrs copt
  coptic cpmn cprt cuneiform cypriot cyprominoan cyrillic cyrl deseret deva devanagari diak divesakuru dogr dogra
  dsrt dupl duployan egyp egyptianhieroglyphs elba elbasan elym elymaic ethi ethiopic geor georgian glag
  glagolitic gong gonm goth gothic gran grantha greek grek gujarati gujr gunjalagondi gurmukhi guru han hang
  hangul hani hanifirohingya hano hanunoo hatr hatran hebr hebrew hira hiragana hluw hmng hmnp hung
  imperialaramaic inherited inscriptionalpahlavi inscriptionalparthian ital java javanese kaithi kali kana kannada
  katakana kayahli khar kharoshthi khitansmallscript khmer khmr khoj khojki khudawadi kits knda kthi lana lao laoo
  lepc lepcha limb limbu lina linb lineara linearb lisu lyci lycian lydi lydian mahajani mahj maka makasar
  malayalam mand mandaic mani manichaean marc marchen masaramgondi medefaidrin medf meeteimayek mend mendekikakui
  merc mero meroiticcursive meroitichieroglyphs miao mlym modi mong mongolian mro mroo mtei mult multani myanmar
  mymr nabataean nand nandinagari narb nbat newa newtailue nko nkoo nshu nushu nyiakengpuachuehmong ogam ogham
  olchiki olck oldhungarian olditalic oldnortharabian oldpermic oldpersian oldsogdian oldsoutharabian oldturkic
  olduyghur oriya orkh orya osage osge osma osmanya ougr pahawhhmong palm palmyrene pauc paucinhau perm phag
  phagspa phli phlp phnx phoenician plrd prti psalterpahlavi qaac qaai rejang rjng rohg runic runr samaritan samr
  sarb saur saurashtra sgnw sharada shavian shaw shrd sidd siddham signwriting sind sinh sinhala sogd sogdian sogo
  sora sorasompeng soyo soyombo sund sundanese sylo sylotinagri syrc syriac tagalog tagb tagbanwa taile taitham
  taiviet takr takri tale talu tamil taml tang tangsa tangut tavt telu telugu tfng tglg thaa thaana thai tibetan
  tibt tifinagh tirh tirhuta tnsa toto ugar ugaritic unknown vai vaii vith vithkuqi wancho wara warangciti wcho
  xpeo xsux yezi yezidi yi yiii zanabazarsquare zanb zinh zzzz`;

/** The binary properties that no character of Latin-1 has. */
const NO_BINARY = `
  bidic bidicontrol dep deprecated ebase emod emojimodifier emojimodifierbase emojipresentation epres
  graphemeextend graphemelink grext grlink ideo ideographic idsb idsbinaryoperator idst idstrinaryoperator joinc
  joincontrol loe logicalorderexception nchar noncharactercodepoint pcm prependedconcatenationmark radical
  regionalindicator ri uideo unifiedideograph variationselector vs`;

/** The classes of direction that no character of Latin-1 has. */
const NO_BIDI = `
  bidial bidian bidifsi bidilre bidilri bidilro bidinsm bidipdf bidipdi bidir bidirle bidirli bidirlo`;

/** The others: what they have in common with others of the same characters stands in one row. */
const SETS: readonly (readonly [names: string, ranges: string])[] = [
  ["latin latn", "41-5a 61-7a aa ba c0-d6 d8-f6 f8-ff"],
  ["common zyyy", "0-40 5b-60 7b-a9 ab-b9 bb-bf d7 f7"],
  ["ahex asciihexdigit hex hexdigit", "30-39 41-46 61-66"],
  ["alpha alphabetic cased ids idstart xids xidstart", "41-5a 61-7a aa b5 ba c0-d6 d8-f6 f8-ff"],
  ["ascii", "0-7f"],
  ["bidim bidimirrored", "28-29 3c 3e 5b 5d 7b 7d ab bb"],
  ["caseignorable ci", "27 2e 3a 5e 60 a8 ad af b4 b7-b8"],
  ["changeswhencasefolded cwcf", "41-5a b5 c0-d6 d8-df"],
  ["changeswhencasemapped cwcm", "41-5a 61-7a b5 c0-d6 d8-f6 f8-ff"],
  ["changeswhenlowercased cwl upper uppercase", "41-5a c0-d6 d8-de"],
  ["changeswhentitlecased changeswhenuppercased cwt cwu", "61-7a b5 df-f6 f8-ff"],
  ["dash", "2d"],
  ["defaultignorablecodepoint di", "ad"],
  ["dia diacritic", "5e 60 a8 af b4 b7-b8"],
  ["ecomp emojicomponent", "23 2a 30-39"],
  ["emoji", "23 2a 30-39 a9 ae"],
  ["ext extender", "b7"],
  ["extendedpictographic extpict", "a9 ae"],
  ["graphemebase grbase", "20-7e a0-ac ae-ff"],
  ["idc idcontinue xidc xidcontinue", "30-39 41-5a 5f 61-7a aa b5 b7 ba c0-d6 d8-f6 f8-ff"],
  ["lower lowercase", "61-7a aa b5 ba df-f6 f8-ff"],
  ["math", "2b 3c-3e 5e 7c 7e ac b1 d7 f7"],
  ["patsyn patternsyntax", "21-2f 3a-40 5b-5e 60 7b-7e a1-a7 a9 ab-ac ae b0-b1 b6 bb bf d7 f7"],
  ["patternwhitespace patws", "9-d 20 85"],
  ["qmark quotationmark", "22 27 ab bb"],
  ["sd softdotted", "69-6a"],
  ["sentenceterminal sterm", "21 2e 3f"],
  ["space whitespace wspace", "9-d 20 85 a0"],
  ["term terminalpunctuation", "21 2c 2e 3a-3b 3f"],
  ["bidib", "a d 1c-1e 85"],
  ["bidibn", "0-8 e-1b 7f-84 86-9f ad"],
  ["bidics", "2c 2e-2f 3a a0"],
  ["bidien", "30-39 b2-b3 b9"],
  ["bidies", "2b 2d"],
  ["bidiet", "23-25 a2-a5 b0-b1"],
  ["bidil", "41-5a 61-7a aa b5 ba c0-d6 d8-f6 f8-ff"],
  ["bidion", "21-22 26-2a 3b-40 5b-60 7b-7e a1 a6-a9 ab-ac ae-af b4 b6-b8 bb-bf d7 f7"],
  ["bidis", "9 b 1f"],
  ["bidiws", "c 20"],
];

/** The names of scripts, for `sc:` and `scx:` before them. */
export const scripts = lazily<ReadonlySet<string>>(
  () => new Set(["latin", "latn", "common", "zyyy", ...words(OTHER_SCRIPTS)]),
);

/** The ranges of characters that each property has. */
export const ranges = lazily<ReadonlyMap<string, string>>(
  () =>
    new Map([
      ...words([OTHER_SCRIPTS, NO_BINARY, NO_BIDI].join(" ")).map((name): [string, string] => [name, ""]),
      ...SETS.flatMap(([names, itsRanges]) => words(names).map((name): [string, string] => [name, itsRanges])),
    ]),
);

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
