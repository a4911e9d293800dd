/** What stands for a person where there is no room for the name: its first letter, however many code points that takes. */
export function initialOf(name: string): string {
  const [first] = new Intl.Segmenter().segment(name);
  return first?.segment.toUpperCase() ?? '';
}
