package io.github.measuredboot.uefi.image;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The headers of a PE image, of which only the fields that its digest and its loading depend on are kept. */
record PeHeaders(
        int machine,
        boolean isPe32Plus,
        int sizeOfHeaders,
        int checkSumOffset,
        CertificateDirectory certificateDirectory,
        List<PeSection> sections) {

    /** The data directory entry 4, whose address is a file offset; {@code entrySize} is 0 if the image has no such entry. */
    record CertificateDirectory(int entryOffset, int entrySize, long tableOffset, long tableSize) {}

    private record FileHeader(int machine, int numberOfSections, int optionalHeaderOffset, int sizeOfOptionalHeader) {}

    private static final int DOS_MAGIC = 0x5a4d;
    private static final long PE_SIGNATURE = 0x4550;
    private static final int PE32_MAGIC = 0x10b;
    private static final int PE32_PLUS_MAGIC = 0x20b;
    private static final int DIRECTORY_ENTRY_SIZE = 8;
    private static final int CERTIFICATE_TABLE = 4;
    private static final int SECTION_HEADER_SIZE = 40;

    static PeHeaders read(Bytes file) throws MalformedDataException {
        ByteCursor dosHeader = new ByteCursor(file, 0, "IMAGE_DOS_HEADER");
        int magic = dosHeader.u16("e_magic");
        if (magic != DOS_MAGIC) {
            throw dosHeader.fault("e_magic", String.format("is 0x%04x, not MZ: no PE image", magic));
        }
        dosHeader.bytes(58, "e_cblp to e_res2");
        long peOffset = dosHeader.u32("e_lfanew");
        if (peOffset > file.length()) {
            throw dosHeader.fault("e_lfanew", "is " + peOffset + ", the file has " + file.length() + " bytes");
        }
        FileHeader fileHeader = readFileHeader(file, (int) peOffset);
        return readOptionalHeader(file, fileHeader);
    }

    private static FileHeader readFileHeader(Bytes file, int offset) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(file.from(offset), offset, "IMAGE_FILE_HEADER");
        long signature = cursor.u32("Signature");
        if (signature != PE_SIGNATURE) {
            throw cursor.fault("Signature", String.format("is 0x%08x, not PE", signature));
        }
        int machine = cursor.u16("Machine");
        int numberOfSections = cursor.u16("NumberOfSections");
        cursor.u32("TimeDateStamp");
        cursor.u32("PointerToSymbolTable");
        cursor.u32("NumberOfSymbols");
        int sizeOfOptionalHeader = cursor.u16("SizeOfOptionalHeader");
        cursor.u16("Characteristics");
        int optionalHeaderOffset = (int) cursor.inputPosition();
        cursor.bytes(sizeOfOptionalHeader, "IMAGE_OPTIONAL_HEADER");
        return new FileHeader(machine, numberOfSections, optionalHeaderOffset, sizeOfOptionalHeader);
    }

    private static PeHeaders readOptionalHeader(Bytes file, FileHeader fileHeader) throws MalformedDataException {
        int offset = fileHeader.optionalHeaderOffset;
        ByteCursor cursor =
                new ByteCursor(file.slice(offset, fileHeader.sizeOfOptionalHeader), offset, "IMAGE_OPTIONAL_HEADER");
        int magic = cursor.u16("Magic");
        if (magic != PE32_MAGIC && magic != PE32_PLUS_MAGIC) {
            throw cursor.fault("Magic", String.format("is 0x%04x, 0x010b or 0x020b expected", magic));
        }
        boolean isPe32Plus = magic == PE32_PLUS_MAGIC;
        cursor.bytes(58, "MajorLinkerVersion to SizeOfImage");
        long sizeOfHeaders = cursor.u32("SizeOfHeaders");
        int checkSumOffset = (int) cursor.inputPosition();
        cursor.u32("CheckSum");
        cursor.bytes(isPe32Plus ? 40 : 24, "Subsystem to LoaderFlags");
        long numberOfRvaAndSizes = cursor.u32("NumberOfRvaAndSizes");
        CertificateDirectory certificateDirectory = readCertificateDirectory(cursor, numberOfRvaAndSizes, file);

        int sectionTable = offset + fileHeader.sizeOfOptionalHeader;
        long endOfHeaders = sectionTable + (long) fileHeader.numberOfSections * SECTION_HEADER_SIZE;
        if (sizeOfHeaders < endOfHeaders || sizeOfHeaders > file.length()) {
            throw cursor.fault(
                    "SizeOfHeaders",
                    "is " + sizeOfHeaders + ", the headers end at " + endOfHeaders + " and the file at "
                            + file.length());
        }
        return new PeHeaders(
                fileHeader.machine,
                isPe32Plus,
                (int) sizeOfHeaders,
                checkSumOffset,
                certificateDirectory,
                readSections(file, sectionTable, fileHeader.numberOfSections));
    }

    private static CertificateDirectory readCertificateDirectory(
            ByteCursor cursor, long numberOfRvaAndSizes, Bytes file) throws MalformedDataException {
        int entryOffset = (int) cursor.inputPosition();
        Bytes directories = cursor.bytes(numberOfRvaAndSizes * DIRECTORY_ENTRY_SIZE, "DataDirectory");
        if (numberOfRvaAndSizes <= CERTIFICATE_TABLE) {
            return new CertificateDirectory(entryOffset, 0, 0, 0);
        }
        long tableOffset = directories.u32(CERTIFICATE_TABLE * DIRECTORY_ENTRY_SIZE);
        long tableSize = directories.u32(CERTIFICATE_TABLE * DIRECTORY_ENTRY_SIZE + Integer.BYTES);
        if (tableSize > 0 && tableOffset + tableSize > file.length()) {
            throw cursor.fault(
                    "Certificate Table",
                    "has " + tableSize + " bytes at " + tableOffset + ", the file ends at " + file.length());
        }
        return new CertificateDirectory(
                entryOffset + CERTIFICATE_TABLE * DIRECTORY_ENTRY_SIZE, DIRECTORY_ENTRY_SIZE, tableOffset, tableSize);
    }

    private static List<PeSection> readSections(Bytes file, int offset, int count) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(file.from(offset), offset, "IMAGE_SECTION_HEADER");
        List<PeSection> sections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = untilNul(cursor.bytes(8, "Name"));
            long virtualSize = cursor.u32("VirtualSize");
            long virtualAddress = cursor.u32("VirtualAddress");
            long sizeOfRawData = cursor.u32("SizeOfRawData");
            long pointerToRawData = cursor.u32("PointerToRawData");
            cursor.u32("PointerToRelocations");
            cursor.u32("PointerToLinenumbers");
            cursor.u16("NumberOfRelocations");
            cursor.u16("NumberOfLinenumbers");
            long characteristics = cursor.u32("Characteristics");
            if (sizeOfRawData > 0 && pointerToRawData + sizeOfRawData > file.length()) {
                throw cursor.fault(
                        "SizeOfRawData",
                        "section " + name + " has " + sizeOfRawData + " bytes at " + pointerToRawData
                                + ", the file ends at " + file.length());
            }
            Bytes rawData = sizeOfRawData == 0 ? Bytes.EMPTY : file.slice((int) pointerToRawData, (int) sizeOfRawData);
            sections.add(new PeSection(name, virtualSize, virtualAddress, pointerToRawData, characteristics, rawData));
        }
        return List.copyOf(sections);
    }

    private static String untilNul(Bytes name) {
        String text = name.decode(StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
