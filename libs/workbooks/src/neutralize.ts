// Half-width and full-width signs that make a spreadsheet compute, and the words it takes for errors (#N/A).
const dangerous = /^'*(?:[=+\-@\t\r\n＝＋－＠]|#[A-Z])/;

/** Text that no spreadsheet takes for a formula, not even after it was saved as CSV and opened again. */
export const neutralized = (text: string): string => (dangerous.test(text) ? `'${text}` : text);

/** Undoes `neutralized`, so that what we wrote comes back as it was. */
export const restored = (text: string): string => (/^'/.test(text) && dangerous.test(text) ? text.slice(1) : text);
