/** Characters without a width that word processors and chat programs put in between. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** '&' as it is written in HTML and in JSON. */
const AMPERSAND = /&(?:amp|#38|#x26);|\\u0026/gi;

/** %-escapes decoded; where they are broken, those of single ASCII characters. */
export const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%[0-7][0-9a-f]/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
  }
};

/** What else HTML escapes, and never stands in an address of the page. */
const ENTITY = /&(?:gt|lt|quot|apos|nbsp|#39|#34|#160);/gi;

/** Text without invisible characters, with every '&' written as one, and with '>' for the quotes and brackets that HTML escapes. */
export const cleaned = (text: string): string => {
  let clean = text.replace(INVISIBLE, '');
  for (let i = 0; i < 3 && clean.search(AMPERSAND) >= 0; i++) clean = clean.replace(AMPERSAND, '&');
  return clean.replace(ENTITY, '>');
};
