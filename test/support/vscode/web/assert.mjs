// Stands in for `node:assert/strict` where there is no Node: what the suites of test/extension use of it.
const words = (value) => (value instanceof RegExp ? String(value) : (JSON.stringify(value) ?? String(value)));

function ok(value, message = `${words(value)} is not true`) {
  if (!value) throw message instanceof Error ? message : new Error(message);
}

function equal(actual, expected, message = `${words(actual)} is not ${words(expected)}`) {
  ok(Object.is(actual, expected), message);
}

export default {
  ok,
  equal,
  deepEqual: (actual, expected, message) => equal(words(actual), words(expected), message),
  match: (text, pattern, message = `${words(text)} does not match ${words(pattern)}`) =>
    ok(pattern.test(text), message),
  doesNotMatch: (text, pattern, message = `${words(text)} matches ${words(pattern)}`) =>
    ok(!pattern.test(text), message),
};
