/**
 * How well a rule is known: T read in the rule itself, T2 read in a secondary text, C computed, R recalled and
 * unverified, I our own reading, G not found. Screens show everything that is not T, T2 or C as 待核实.
 */
export type Confidence = 'T' | 'T2' | 'C' | 'R' | 'I' | 'G';
