declare module '@n8n/scan-community-package/scanner/scanner.mjs';
declare module 'semver' {
	export function valid(version: string): string | null;
	export function major(version: string): number;
	export function inc(version: string, release: 'major' | 'minor' | 'patch'): string;
	export function lt(version: string, than: string): boolean;
}
declare module 'spdx-satisfies' {
	const satisfies: (expression: string, allowed: string[]) => boolean;
	export = satisfies;
}
