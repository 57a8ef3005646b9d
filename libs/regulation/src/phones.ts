export type PhoneFault = 'phone-characters' | 'phone-length' | 'phone-prefix';

export type PhoneCheck = { ok: true; phone: string } | { ok: false; fault: PhoneFault };

/** A mainland mobile number as 11 ASCII digits, however it was typed: spaces, hyphens, full-width, +86 or 0086. */
export function normalizePhone(text: string): PhoneCheck {
  const typed = text.normalize('NFKC').replace(/[\s\p{Pd}\p{Cf}()]/gu, '');
  if (!/^\+?[0-9]*$/.test(typed)) return { ok: false, fault: 'phone-characters' };
  const phone = typed.replace(/^(?:\+|00)?86(?=1[0-9]{10}$)/, '');
  // What still carries a plus is a number of another country.
  if (phone.startsWith('+')) return { ok: false, fault: 'phone-prefix' };
  if (phone.length !== 11) return { ok: false, fault: 'phone-length' };
  return /^1[3-9]/.test(phone) ? { ok: true, phone } : { ok: false, fault: 'phone-prefix' };
}

/** 138****5678: what a screen shows of an 11-digit number; anything else is hidden whole. */
export const maskPhone = (phone: string): string =>
  /^[0-9]{11}$/.test(phone) ? `${phone.slice(0, 3)}****${phone.slice(7)}` : '****';
