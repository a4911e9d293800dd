/** So much later (ms) than a session begins what nobody waits for: until then the first picture has the processor. */
export const pictureFirstMs = 3000;
