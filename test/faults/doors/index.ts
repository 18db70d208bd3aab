import type { TriggerId } from '../matrix';
import type { Door } from './door';
import { openGatewayDoor } from './gateway-door';
import { openKommoDoor } from './kommo-door';

export async function openDoor(trigger: TriggerId): Promise<Door> {
	return trigger === 'kommo' ? await openKommoDoor() : await openGatewayDoor(trigger);
}
