import { testMatch } from '../../jest.quick.config';
import { filesBelow } from '../support/documents';

it.each(testMatch)('test:quick runs the existing file %s', (file) => {
	expect(filesBelow('test')).toContain(file.replace('<rootDir>/', ''));
});
