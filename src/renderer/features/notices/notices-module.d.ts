/** Made by the build from the packages that are built in: `scripts/notices`. */
declare module 'virtual:third-party-notices' {
  const notices: readonly {
    readonly name: string;
    readonly version: string;
    readonly licence: string;
    readonly address: string | null;
    readonly text: string;
  }[];
  export default notices;
}
