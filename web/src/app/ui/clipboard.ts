/** Copies `text`; false when the browser refuses. */
export async function copyText(text: string): Promise<boolean> {
  // The clipboard API exists on https and localhost only; most homes open the server by a plain http address.
  if ('clipboard' in navigator) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  document.body.append(field);
  field.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way there is on plain http
  const copied = document.execCommand('copy');
  field.remove();
  return copied;
}
