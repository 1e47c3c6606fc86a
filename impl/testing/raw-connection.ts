import { connect, type Socket } from 'node:net';

/** A connection on which a test says what it likes, byte by byte. */
export class RawConnection {
	readonly ended: Promise<void>;
	readonly #socket: Socket;
	#received = '';

	static open(port: number, host = '127.0.0.1'): Promise<RawConnection> {
		return new Promise((resolve, reject) => {
			const socket = connect(port, host);
			socket.once('error', reject);
			socket.once('connect', () => resolve(new RawConnection(socket)));
		});
	}

	private constructor(socket: Socket) {
		this.#socket = socket;
		socket.setEncoding('latin1');
		socket.on('data', (text: string) => {
			this.#received += text;
		});
		// The other side may have had enough of us.
		socket.on('error', () => {});
		this.ended = new Promise((resolve) => {
			socket.on('close', () => resolve());
		});
	}

	send(text: string): this {
		this.#socket.write(text);
		return this;
	}

	/** The status of the first answer; then the connection is closed. */
	async status(): Promise<number> {
		const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(await this.answer()) ?? [];
		return Number(status);
	}

	/** The first answer, as far as it came in one go; then the connection is closed. */
	async answer(): Promise<string> {
		const line = /^HTTP\/1\.1 (\d{3})/;
		while (!line.test(this.#received)) {
			const over = await Promise.race([
				new Promise((resolve) => setTimeout(resolve, 2, false)),
				this.ended.then(() => true),
			]);
			if (over === true && !line.test(this.#received)) throw new Error('no answer');
		}
		this.destroy();
		return this.#received;
	}

	/** Breaks off. */
	destroy(): void {
		this.#socket.destroy();
	}
}
