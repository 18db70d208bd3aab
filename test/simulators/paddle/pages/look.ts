import type { PageLook } from '../../http/html';

export const LOOK: PageLook = { width: 'narrow', brand: '#1d6f5c' };
