/**
 * Whether a provider may ask an address. It is to have declared the host: as it stands, or as `*.example.org` for all below
 * it, with a port where it is not the scheme's own; and to ask by https, except for hosts in the house that the operator
 * has named.
 */
export function permittedHosts(
  declared: readonly string[],
  privateHosts: readonly string[],
): (url: URL) => boolean {
  return ({ protocol, host, hostname }) => {
    const isDeclared = declared.some((each) =>
      each.startsWith('*.') ? host.endsWith(each.slice(1)) : host === each,
    );
    return (
      isDeclared && (protocol === 'https:' || privateHosts.some((each) => each === host || each === hostname))
    );
  };
}
