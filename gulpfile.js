const { src, dest } = require('gulp');

/** Everything under nodes/ and credentials/ that tsc does not carry over: icons, codex files, output schemas. */
function assets() {
	return src(['{nodes,credentials}/**/*.{svg,json}'], { base: '.' }).pipe(dest('dist'));
}

exports.assets = assets;
