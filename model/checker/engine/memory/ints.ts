/** A list of 32-bit integers that grows, in memory that worker threads share. */
export class Ints {
	array: Int32Array;
	length = 0;

	constructor(capacity = 1024) {
		this.array = sharedInts(capacity);
	}

	get bytes(): number {
		return this.array.byteLength;
	}

	/** Appends a value and returns its place. */
	push(value: number): number {
		if (this.length === this.array.length) {
			const larger = sharedInts(this.array.length * 2);
			larger.set(this.array);
			this.array = larger;
		}
		this.array[this.length] = value;
		return this.length++;
	}

	at(place: number): number {
		return this.array[place] ?? 0;
	}
}

export const sharedInts = (length: number): Int32Array =>
	new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
