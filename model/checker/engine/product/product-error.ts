/** A product that asks for more than the checker can hold. */
export class ProductError extends Error {
	override name = 'ProductError';
}
