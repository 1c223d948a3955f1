/** What a client controls of a message; `twice`: whether it gives the recipient twice, which later lists then do not see. */
export const ATTRIBUTES = ["client", "helo", "sender", "twice", "recipient", "encrypted"] as const;
export type Attribute = (typeof ATTRIBUTES)[number];

/** A set of representatives for each attribute, one bit for each of them: all the messages made of these. */
export type Box = Readonly<Record<Attribute, bigint>>;

/** Messages that come the same way through restrictions. */
export interface Path {
  readonly box: Box;
  /** The answers from outside on which it depends: question to answer. */
  readonly answers: Answers;
  /** The restriction that permitted; empty when nothing refused. */
  readonly permit: string;
}

export type Answers = Readonly<Record<string, string>>;

export const NO_ANSWERS: Answers = {};

/** What is in both boxes; undefined when that is nothing. */
export function common(a: Box, b: Box): Box | undefined {
  const client = a.client & b.client;
  const helo = a.helo & b.helo;
  const sender = a.sender & b.sender;
  const twice = a.twice & b.twice;
  const recipient = a.recipient & b.recipient;
  const encrypted = a.encrypted & b.encrypted;
  const isEmpty = client === 0n || helo === 0n || sender === 0n || twice === 0n || recipient === 0n || encrypted === 0n;
  return isEmpty ? undefined : { client, helo, sender, twice, recipient, encrypted };
}

/** The messages that come through both, the second after the first. */
export function crossing(first: Path, second: Path): Path | undefined {
  const box = common(first.box, second.box);
  const answers = box && bothAnswers(first.answers, second.answers);
  return box && answers && { box, answers, permit: second.permit === "" ? first.permit : second.permit };
}

/** Undefined when the two contradict each other. */
function bothAnswers(first: Answers, second: Answers): Answers | undefined {
  if (second === NO_ANSWERS) return first;
  if (first === NO_ANSWERS) return second;
  for (const [ask, answer] of Object.entries(second)) {
    if (first[ask] !== undefined && first[ask] !== answer) return undefined;
  }
  return { ...first, ...second };
}

/** Fewer paths for the same messages: boxes that differ in one attribute become one, and what another holds goes. */
export function merged(paths: readonly Path[]): readonly Path[] {
  if (paths.length < 2) return paths;
  let left = paths;
  for (const attribute of ATTRIBUTES) {
    const groups = new Map<string, Path>();
    for (const path of left) {
      const name = nameWithout(path, attribute);
      const known = groups.get(name);
      groups.set(name, known ? joined(known, path, attribute) : path);
    }
    left = [...groups.values()];
  }
  return left.length > SUBSUMPTION_LIMIT ? left : left.filter((path, at) => !isHeld(path, at, left));
}

/** Comparing each with each is worth it only for so many. */
const SUBSUMPTION_LIMIT = 64;

function joined(known: Path, path: Path, attribute: Attribute): Path {
  return { ...known, box: { ...known.box, [attribute]: known.box[attribute] | path.box[attribute] } };
}

function nameWithout({ box, answers, permit }: Path, left: Attribute): string {
  const others = ATTRIBUTES.map((attribute) => (attribute === left ? "" : box[attribute].toString(36)));
  return `${others.join(" ")} ${permit} ${answers === NO_ANSWERS ? "" : JSON.stringify(answers)}`;
}

function isHeld(path: Path, at: number, paths: readonly Path[]): boolean {
  return paths.some(
    (other, index) =>
      index !== at &&
      other.permit === path.permit &&
      Object.entries(other.answers).every(([ask, answer]) => path.answers[ask] === answer) &&
      ATTRIBUTES.every((attribute) => (path.box[attribute] & ~other.box[attribute]) === 0n) &&
      (index < at || ATTRIBUTES.some((attribute) => path.box[attribute] !== other.box[attribute])),
  );
}
