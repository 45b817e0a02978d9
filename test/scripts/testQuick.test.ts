import { TESTS } from '../../scripts/testQuick';
import { filesBelow } from '../support/documents';

/** The tests that `npm run test:quick` runs. */

it.each(Object.values(TESTS).flat())('test:quick runs the existing file %s.test.ts', (name) => {
	expect(filesBelow('test').filter((file) => file.endsWith(`/${name}.test.ts`))).toHaveLength(1);
});
