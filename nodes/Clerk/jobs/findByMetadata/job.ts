import { LIMIT } from '../../engine/form/commonFields';
import { RequestError } from '../../engine/http/outcome';
import { rejectShortened } from '../../engine/input/kinds';
import { InvalidInputError } from '../../engine/operation';
import type { FormInput, OperationResult, Prepared, SetInput } from '../../engine/operation';
import { parseKeyPath } from '../../engine/input/keyPath';
import type { MetadataKind } from '../shared/metadata';
import { Search } from './match';
import type { Criteria, Scalar } from './match';
import { readMatches } from './read';
import type { Target } from './read';
import { toResult } from './result';
import type { Handling } from './result';

/** After more pages, a hint says that one request would be enough. */
const MANY_PAGES = 20;

/** Checks the form and the value of each item. @throws InvalidInputError for the form */
export function prepareFind(
	items: FormInput[],
	{ toOutput }: Pick<SetInput, 'toOutput'>,
	target: Target,
): Prepared {
	const [{ values: form }] = items;
	const criteria: Criteria = {
		path: parseKeyPath(String(form.metadataKey), 'Key'),
		kinds: (form.kinds ?? []) as MetadataKind[],
		match: form.match as Criteria['match'],
		isLoose: form.loose === true,
	};
	if (criteria.kinds.length === 0) throw new InvalidInputError('Kinds of Metadata', 'is empty');
	const handling: Handling = {
		ifNone: form.ifNone as Handling['ifNone'],
		ifSeveral: form.ifSeveral as Handling['ifSeveral'],
		limit: form.returnAll === true ? Infinity : Number(form.limit ?? LIMIT.default),
	};
	const { values, invalid } = readValues(items, criteria);
	return {
		invalid,
		async execute({ send, concurrency }): Promise<OperationResult> {
			const search = new Search(criteria, values);
			if (search.wanted.length === 0) return { records: [], errors: invalid };
			const stopsEarly = form.stopWhenAllFound === true;
			try {
				const { found, pages } = await readMatches(
					target,
					search,
					toOutput,
					stopsEarly,
					send,
					concurrency,
				);
				const result = toResult(search, found, criteria, handling, target);
				const many = `This took ${pages} requests. ${target.shortcut}`;
				return {
					...result,
					hints: [...result.hints, ...(pages > MANY_PAGES ? [many] : [])],
					errors: new Map([...invalid, ...result.errors]),
				};
			} catch (error) {
				if (!(error instanceof RequestError)) throw error as Error;
				// No item vanishes: each has the error where the run goes on.
				const errors = search.wanted.flatMap(({ items: own }) =>
					own.map((item): [number, Error] => [item, error]),
				);
				return { records: [], errors: new Map([...invalid, ...errors]) };
			}
		},
	};
}

interface Values {
	/** By the index of the item. */
	values: Map<number, Scalar>;
	invalid: Map<number, InvalidInputError>;
}

function readValues(items: FormInput[], { match }: Criteria): Values {
	const read: Values = { values: new Map(), invalid: new Map() };
	if (match === 'exists') return read;
	for (const { itemIndex, values } of items) {
		try {
			read.values.set(itemIndex, readValue(values.metadataValue));
		} catch (error) {
			if (!(error instanceof InvalidInputError)) throw error as Error;
			read.invalid.set(itemIndex, error);
		}
	}
	return read;
}

/** What an expression makes of nothing, and of an object. */
const NO_VALUE = /^(?:undefined|\[object \w+\])$/;

/** @throws InvalidInputError for what no key can be told to hold */
function readValue(value: unknown): Scalar {
	const label = 'Value';
	if (value === undefined || (typeof value === 'string' && value.trim() === '')) {
		throw new InvalidInputError(label, 'is empty');
	}
	if (typeof value === 'boolean') return value;
	if (typeof value !== 'string' && typeof value !== 'number') {
		const got = Array.isArray(value) ? 'a list' : 'an object';
		throw new InvalidInputError(label, `needs text, a number, true or false, but got ${got}`);
	}
	if (typeof value === 'string' && NO_VALUE.test(value.trim())) {
		throw new InvalidInputError(
			label,
			`is "${value}", which an expression returns if there is no value`,
		);
	}
	const isFraction = Number.isFinite(value) && !Number.isInteger(value);
	if (!isFraction) rejectShortened(value, label);
	return value;
}
