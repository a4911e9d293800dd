/**
 * Brings the symbols into the document, once. Referring to the file from every icon would ask for it again with every
 * icon that appears, and show none while the server is away.
 */
export async function loadIconSheet(document: Document): Promise<void> {
  const reply = await fetch('/icons.svg');
  if (!reply.ok) return;
  const sheet = new DOMParser().parseFromString(await reply.text(), 'image/svg+xml').documentElement;
  sheet.setAttribute('width', '0');
  sheet.setAttribute('height', '0');
  sheet.setAttribute('aria-hidden', 'true');
  // Not `display: none`: some browsers then draw nothing that refers to it.
  sheet.setAttribute('style', 'position: absolute');
  document.body.append(document.importNode(sheet, true));
}
