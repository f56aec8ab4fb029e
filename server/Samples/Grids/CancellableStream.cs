using System.Runtime.InteropServices;
using SkiaSharp;

namespace ExplainLsp.Samples;

/// <summary>
/// A file in memory for SkiaSharp that ends when the work is cancelled, so that a decoder that knows no cancellation stops. Damaged files ask
/// for any number of bytes: nothing throws here, because nothing may throw through native code.
/// </summary>
internal sealed class CancellableStream(byte[] file, CancellationToken cancellation) : SKAbstractManagedStream
{
    private int position;

    private int Left => cancellation.IsCancellationRequested ? 0 : file.Length - position;

    protected override IntPtr OnRead(IntPtr buffer, IntPtr size)
    {
        var count = (int)Math.Clamp(size, 0, Left);
        if (buffer != IntPtr.Zero)
            Marshal.Copy(file, position, buffer, count);
        position += count;
        return count;
    }

    protected override IntPtr OnPeek(IntPtr buffer, IntPtr size)
    {
        var count = (int)Math.Clamp(size, 0, Left);
        Marshal.Copy(file, position, buffer, count);
        return count;
    }

    protected override bool OnIsAtEnd() => Left == 0;

    protected override bool OnHasPosition() => true;

    protected override bool OnHasLength() => true;

    protected override bool OnRewind()
    {
        position = 0;
        return true;
    }

    protected override IntPtr OnGetPosition() => position;

    protected override IntPtr OnGetLength() => file.Length;

    protected override bool OnSeek(IntPtr place)
    {
        position = (int)Math.Clamp(place, 0, file.Length);
        return true;
    }

    protected override bool OnMove(int offset)
    {
        position = (int)Math.Clamp((long)position + offset, 0, file.Length);
        return true;
    }

    protected override IntPtr OnCreateNew() => IntPtr.Zero;
}
