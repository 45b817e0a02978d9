import { defineResource } from '../../engine/operation';
import { ban } from './ban';
import { count } from './count';
import { create } from './create';
import { deleteUser } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { mergeMetadata } from './mergeMetadata';
import { replaceMetadata } from './replaceMetadata';
import { update } from './update';

export const user = defineResource({
	name: 'User',
	value: 'user',
	description: 'The people who sign in to your application',
	operations: [ban, count, create, deleteUser, get, getAll, mergeMetadata, replaceMetadata, update],
});
