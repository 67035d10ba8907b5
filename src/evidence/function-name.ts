/** What a function is called and which language it is of, from its symbol and its source file; and what two builds of it share. */
import { execa } from 'execa';

export type Language = 'go' | 'rust' | 'c';

/** A symbol as a tool printed it, not demangled, with the source file where the program carries debug information. */
export interface FunctionSymbol {
  readonly symbol: string;
  readonly file?: string;
}

/**
 * By source file, else by how the symbol is mangled. Rust without debug information exports plain names
 * (`#[no_mangle]`), as C has them: `besideRust` says that the same file of the program holds Rust. cgo compiles C with debug
 * information, so there a plain name without a source file is Rust's.
 */
export function languageOf({ symbol, file }: FunctionSymbol, besideRust: boolean): Language {
  if (file?.endsWith('.go')) return 'go';
  if (file?.endsWith('.rs') || isRustSymbol(symbol)) return 'rust';
  if (/\.(c|cc|cpp|cxx|h|hpp)$/.test(file ?? '')) return 'c';
  if (/^_Z/.test(symbol)) return 'c';
  // Go's names have a dot after the package; so have the parts that compilers split from a C function.
  if (/^[\w/~%-][\w./~%-]*\.[\w(*]/.test(commonName(symbol))) return 'go';
  return besideRust && /^[A-Za-z]\w*$/.test(symbol) ? 'rust' : 'c';
}

/** v0 mangling, or the older one, which ends in a hash. */
export function isRustSymbol(symbol: string): boolean {
  return /^_R[A-Z0-9]/.test(symbol) || /^_ZN.*17h[0-9a-f]{16}E/.test(symbol);
}

/** A place without a symbol. */
export function isNameless(symbol: string): boolean {
  return symbol === '???' || symbol.startsWith('0x');
}

const SPLIT = /(\.(constprop|isra|part|cold|lto_priv|llvm)(\.\d+)*)+$/;

/**
 * A name that the function has in both builds: numbers that compilers give out (closures, hashes of crates and of cgo
 * packages, split parts), and callgrind's for a function inside itself, are taken off. Of a demangled name.
 */
export function commonName(name: string): string {
  return name
    .replace(/'\d+$/, '')
    .replace(SPLIT, '')
    .replace(/::h[0-9a-f]{16}\b/g, '')
    .replace(/\[[0-9a-f]{8,16}\]/g, '')
    .replace(/_cgo_[0-9a-f]{12}_/g, '_cgo_')
    .replace(/\.(func|gowrap|deferwrap)\d+/g, '.$1')
    .replace(/(\.func)(\.\d+)+/g, '$1')
    .replace(/\.abi(0|internal)$/, '');
}

/** Mangled -> as written in the source. Names stay as they are where binutils is not here; every C compiler brings it. */
export async function demangle(symbols: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const mangled = symbols.filter((symbol) => /^_[RZ]/.test(symbol));
  if (mangled.length === 0) return new Map();
  const { stdout, failed } = await execa('c++filt', ['-i'], { input: `${mangled.join('\n')}\n`, reject: false });
  const lines = failed ? mangled : stdout.split('\n');
  return new Map(mangled.map((symbol, at) => [symbol, lines[at] ?? symbol]));
}
