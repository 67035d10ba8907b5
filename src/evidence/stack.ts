/** Frames of a call stack, whoever took it, and the place in the program's own code that a stack stands for. */
import type { Finding } from '../model/witness.ts';
import { commonName, languageOf } from './function-name.ts';

export interface Frame {
  /** As it reads in the source. */
  readonly function: string;
  /** As it stands in the program, where that is another name. */
  readonly symbol?: string;
  /** As the tool told it: absolute, relative, or a file's name alone; absent without debug information. */
  readonly file?: string;
  readonly line?: number;
}

/** Where something of a stack happened, as a finding tells it. `key` is the same for builds between which lines moved. */
export interface Place extends Pick<Finding, 'what' | 'language' | 'where'> {
  readonly key: string;
}

/** The innermost frame is the first. The program's own code that did it, with the library call that it went through. */
export function placeInGo(stack: readonly Frame[]): Place | undefined {
  const leaf = stack[0];
  if (!leaf) return undefined;
  const planted = stack.findIndex((frame) => PLANTED.test(frame.function));
  if (planted !== -1) {
    const caller = stack.slice(planted + 1).find((frame) => !MADE_BY_TOOLS.test(frame.function));
    return goPlace(PLANTED_FAULT, caller ?? stack[planted]!);
  }
  const inner = stack.find((frame) => !isRuntime(frame.function)) ?? leaf;
  const own = stack.find((frame) => !isRuntime(frame.function) && !isLibrary(frame));
  if (!own || own === inner) return goPlace(commonName(inner.function), inner);
  return goPlace(`${commonName(own.function)} through ${shorten(inner.function)}`, own);
}

function goPlace(what: string, frame: Frame): Place {
  return { key: `go ${what}`, what, language: 'go', ...whereOf(frame) };
}

const PLANTED_FAULT = 'planted fault (Seamark’s own code)';
/** What a program built for planted faults has beside its own code: go/toolexec/probe/fault.go.txt, fault.c.txt. */
const PLANTED = /\._seamark_plant\w*$/;
const MADE_BY_TOOLS = /\._(seamark|cgo|cgoexp|Cfunc|C2func)_/;

function isRuntime(name: string): boolean {
  return /^(runtime|internal\/runtime\/[\w/]+|internal\/abi)\./.test(name);
}

/** Of the standard library, of Seamark's harness, or made by cgo. */
function isLibrary({ function: name, file }: Frame): boolean {
  if (file?.endsWith('_testmain.go')) return true;
  if (MADE_BY_TOOLS.test(name) || name.startsWith('seamark.dev/go/harness.')) return true;
  const first = /^[^/.]+/.exec(name)?.[0] ?? '';
  return STANDARD.has(first) && !name.slice(first.length).match(/^\.[^/]*\//);
}

/** First elements of import paths of the standard library. A module of such a name without a dot is taken for it. */
const STANDARD = new Set(
  [
    'archive bufio bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt go',
    'hash html image index internal io iter log maps math mime net os path plugin reflect regexp slices sort strconv',
    'strings structs sync syscall testing text time unicode unique unsafe vendor weak',
  ].flatMap((names) => names.split(' ')),
);

/** `C.GoBytes` of `example.com/codec._Cfunc_GoBytes`; others as they are. */
function shorten(name: string): string {
  const foreign = /\._C2?func_(\w+)$/.exec(name)?.[1];
  return foreign === undefined ? commonName(name) : `C.${foreign.replace(/^_C/, '')}`;
}

/** The innermost frame of the foreign side that is no allocator's: the code that asked. `besideRust`: as languageOf has it. */
export function placeInForeign(stack: readonly Frame[], besideRust: boolean): Place | undefined {
  const leaf = stack[0];
  if (!leaf) return undefined;
  const edge = stack.findIndex(({ function: name }) => /^(runtime\.|x_cgo_|crosscall)/.test(name));
  const foreign = edge === -1 ? stack : stack.slice(0, edge);
  if (foreign.some(({ function: name }) => /^_seamark_(fault|plant)/.test(name))) {
    return { key: `foreign ${PLANTED_FAULT}`, what: PLANTED_FAULT, language: 'c' };
  }
  const own = foreign.find(({ function: name }) => !FOREIGN_LIBRARY.test(name)) ?? foreign.at(-1) ?? leaf;
  // cgo's stubs, one a function that Go calls: what has no other frame was asked by Go itself (`C.CString`, `C.malloc`).
  const stub = /^_cgo_[0-9a-f]{12}_C2?func_(?:_C)?(\w+)$/.exec(own.function)?.[1];
  const what = stub === undefined ? commonName(own.function) : `C.${stub}`;
  const language = languageOf(
    { symbol: own.symbol ?? own.function, ...(own.file ? { file: own.file } : {}) },
    besideRust,
  );
  return { key: `foreign ${what}`, what, language, ...(stub === undefined ? whereOf(own) : {}) };
}

/** malloc and its kin, Rust's allocation functions, the containers and strings of the standard libraries. */
const FOREIGN_LIBRARY =
  /^(_*(malloc|calloc|realloc|reallocarray|memalign|posix_memalign|aligned_alloc|valloc|free|cfree|strdup|strndup)$|operator (new|delete)|_*(_rustc\[?\w*\]?::)?__?r(ust|dl|g)_|<?(&(mut )?|\*\w+ |\[)?(alloc|core|std|hashbrown)::|<.* as (alloc|core|std|hashbrown)::|_?seamark_|__gnu_cxx::)/;

/** File and line without a folder of this machine: what stands behind a well-known root, else the file's name alone. */
export function whereOf({ file, line }: Frame): { readonly where?: string } {
  if (file === undefined || file === '' || file.startsWith('<')) return {};
  const root = ROOT.exec(file)?.[0];
  const isLocal = file.startsWith('/') || file.startsWith('..');
  const short = root !== undefined ? file.slice(root.length) : isLocal ? file.slice(file.lastIndexOf('/') + 1) : file;
  return { where: line === undefined ? short : `${short}:${line}` };
}

/** Of modules, of Go itself, of crates and of Rust itself. */
const ROOT = /^.*\/(pkg\/mod\/|go\/src\/|registry\/src\/[^/]+\/|rustc\/[0-9a-f]{40}\/)/;
