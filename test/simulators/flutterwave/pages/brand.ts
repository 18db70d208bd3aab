/** Colour of buttons. */
export const BRAND = '#c2570c';
