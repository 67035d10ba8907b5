/** How one field lies in a struct; rows of the tables in layout-gen.ts. Offsets in bytes from the start of the struct. */
export type Field =
  | {
      readonly name: string;
      readonly json: string;
      readonly kind: 'u8' | 'u16' | 'u32' | 'u64';
      readonly offset: number;
    }
  | {
      readonly name: string;
      readonly json: string;
      readonly kind: 'text' | 'bytes';
      readonly offset: number;
      readonly count: number;
    }
  | {
      readonly name: string;
      readonly json: string;
      readonly kind: 'structs';
      readonly offset: number;
      readonly count: number;
      /** Bytes of one element. */
      readonly width: number;
      readonly fields: readonly Field[];
    };
