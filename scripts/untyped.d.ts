declare module '@n8n/scan-community-package/scanner/scanner.mjs';
declare module 'source-map-support';
declare module 'spdx-satisfies' {
	const satisfies: (expression: string, allowed: string[]) => boolean;
	export = satisfies;
}
