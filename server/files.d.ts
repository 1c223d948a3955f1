/** The bundler makes a string of it. */
declare module "*.txt" {
  const text: string;
  export default text;
}
