/** Where to go after signing in: `back` if it is a page of this app, else the home page. Never another site. */
export function returnPath(back: string | undefined): string {
  // `//host` and `/\host` are other sites to a browser.
  return back !== undefined && /^\/(?![/\\])/.test(back) && !/^\/(login|setup|invite)\b/.test(back)
    ? back
    : '/';
}
