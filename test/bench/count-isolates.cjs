/**
 * Loaded into n8n before anything else: writes one byte to the file named in BENCH_ISOLATES for each V8 isolate that is
 * made, so that its size is their number.
 */
const { openSync, writeSync } = require('node:fs');
const Module = require('node:module');

const { _load: load } = Module;
const counted = new WeakMap();

if (process.env.BENCH_ISOLATES) {
	const file = openSync(process.env.BENCH_ISOLATES, 'a');
	Module._load = function (request, ...rest) {
		const loaded = load.call(this, request, ...rest);
		if (request !== 'isolated-vm') return loaded;
		if (!counted.has(loaded)) counted.set(loaded, counting(loaded, file));
		return counted.get(loaded);
	};
}

function counting(ivm, file) {
	const Isolate = new Proxy(ivm.Isolate, {
		construct(target, args) {
			writeSync(file, '.');
			return new target(...args);
		},
	});
	return Object.create(ivm, { Isolate: { value: Isolate } });
}
