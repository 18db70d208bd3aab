/** Colour of buttons. */
export const BRAND = '#186aff';
