/** Style sheets are bundled by Vite; importing one has no value. */
declare module "*.css";

/** The address of a script that Vite builds apart, to be run beside the page. */
declare module "*?worker&url" {
  const url: string;
  export default url;
}
