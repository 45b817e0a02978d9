declare module 'eslint-plugin-n8n-nodes-base';
declare module '@n8n/scan-community-package/scanner/scanner.mjs';
declare module 'spdx-satisfies' {
	const satisfies: (expression: string, allowed: string[]) => boolean;
	export = satisfies;
}
declare module 'gifenc' {
	type Palette = number[][];
	export function quantize(rgba: Uint8Array, maxColors: number): Palette;
	export function applyPalette(rgba: Uint8Array, palette: Palette): Uint8Array;
	export function GIFEncoder(): {
		writeFrame(
			index: Uint8Array,
			width: number,
			height: number,
			options: { palette: Palette; delay: number },
		): void;
		finish(): void;
		bytes(): Uint8Array;
	};
}
