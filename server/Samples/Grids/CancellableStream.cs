namespace ExplainLsp.Samples;

/// <summary>A file in memory that ends when the work is cancelled, so that a decoder that knows no cancellation stops.</summary>
internal sealed class CancellableStream(byte[] file, CancellationToken cancellation) : MemoryStream(file, writable: false)
{
    public override int Read(byte[] buffer, int offset, int count) =>
        cancellation.IsCancellationRequested ? 0 : base.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => cancellation.IsCancellationRequested ? 0 : base.Read(buffer);
}
