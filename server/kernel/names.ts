/**
 * Names that people would take for the same fold to the same text: whatever their case and Unicode form. For
 * comparing alone; what is shown is the name as it was given.
 */
export function foldedName(name: string): string {
  return name.normalize('NFKC').toLowerCase().normalize('NFKC');
}
